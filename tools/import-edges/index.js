import { readSources } from '../source-tree.js'
import { checkImportEdges } from './import-edges.js'

/** What imports of the tree must not be there. @param {string} root @returns {string[]} */
export function importEdges(root) {
  const sources = readSources(root, (path) => /^((packages|apps)\/[^/]+|bench(\/platform)?)\/(src\/.*\.ts|package\.json)$/.test(path))
  const manifests = [...sources].filter(([path]) => path.endsWith('package.json'))
  return checkImportEdges({
    files: new Map([...sources].filter(([path]) => path.endsWith('.ts'))),
    packages: new Map(manifests.map(([path, text]) => [String(JSON.parse(text).name), path.replace('/package.json', '')])),
  })
}
