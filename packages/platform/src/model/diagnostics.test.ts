import { expect, test } from 'vitest'
import { joinPath, splitPath } from './diagnostics.ts'

test.each<[string, (string | number)[]]>([
  ['', []],
  ['temporal.historyShards', ['temporal', 'historyShards']],
  ['identity.users.ada.permissions[10]', ['identity', 'users', 'ada', 'permissions', 10]],
  ['temporal.dynamicConfig["frontend.rps"]', ['temporal', 'dynamicConfig', 'frontend.rps']],
  ['applications["my-shop"].env["a\\"]b"].x', ['applications', 'my-shop', 'env', 'a"]b', 'x']],
])('a path %j and its keys are two forms of one thing', (path, keys) => {
  expect(joinPath(keys)).toBe(path)
  expect(splitPath(path)).toEqual(keys)
})
