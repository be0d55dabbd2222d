import { endWithConnection } from '@sundial/runtime'
import { Connection, makeGrpcRetryInterceptor } from '@temporalio/client'
import { afterEach, expect, test } from 'vitest'
import { startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { retryOnce } from './retry.ts'

let server: TestGrpcServer
afterEach(() => server.close())

// Without the interceptor a timer throws, which fails the run.
test('a request that is about to be tried again ends with its connection', async () => {
  server = await startGrpcServer(() => ({ code: 14, details: 'not now' }))
  const closeAndTryAgain = makeGrpcRetryInterceptor({
    retryableDecider(attempt, { code }) {
      void connection.close()
      return attempt < 2 && code === 14
    },
    delayFunction: () => 1,
  })
  const connection = Connection.lazy({ address: server.address, tls: false, interceptors: [closeAndTryAgain, endWithConnection()] })
  await expect(connection.workflowService.getSystemInfo({})).rejects.toMatchObject({ code: 1, details: 'Channel has been shut down' })
  expect(server.calls).toHaveLength(1)
})

test('a request after the end is refused', async () => {
  server = await startGrpcServer(() => ({ bytes: new Uint8Array() }))
  const connection = Connection.lazy({ address: server.address, tls: false, interceptors: [retryOnce(), endWithConnection()] })
  await connection.close()
  await expect(connection.workflowService.getSystemInfo({})).rejects.toMatchObject({ code: 1 })
})
