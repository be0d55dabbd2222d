import { createServer } from 'node:net'

// Few connections may wait until they are accepted. The test stops this process, so none ever is.
createServer().listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 1 }, () => process.send('listening'))
