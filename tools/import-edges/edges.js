// What may import what. The rules are data; import-edges.js reads them.

/** The packages that a package may import, besides itself and what it installs. */
export const PACKAGE_EDGES = {
  'packages/contract': [],
  'packages/runtime': [],
  'packages/codec': ['packages/runtime'],
  'packages/codec-server': ['packages/runtime', 'packages/codec'],
  'packages/worker': ['packages/contract', 'packages/runtime', 'packages/codec'],
  'packages/api': ['packages/contract', 'packages/runtime', 'packages/codec'],
  'packages/platform': ['packages/contract'],
  'packages/local': ['packages/platform'],
  'packages/operations': ['packages/contract', 'packages/runtime', 'packages/platform'],
  'packages/cli': ['packages/contract', 'packages/codec', 'packages/worker', 'packages/api', 'packages/platform', 'packages/local', 'packages/operations'],
  'apps/*': ['packages/contract', 'packages/runtime', 'packages/worker', 'packages/api'],
  'bench/platform': ['packages/contract', 'packages/worker', 'packages/api'],
  // It measures the product from outside: what it starts, it starts as users do.
  bench: ['packages/platform', 'packages/local', 'packages/runtime', 'bench/platform'],
}

/** The modules of Node that a package may use. A package that is not named may use all of them. */
export const NODE_MODULES = {
  // It runs anywhere.
  'packages/contract': [],
  // It does no input or output: these compute.
  'packages/platform': ['assert', 'crypto', 'path', 'path/posix', 'url', 'util'],
}

/**
 * Inside of packages/platform/src: the first pattern that fits a file is its layer, and `may` names the layers that it may
 * import. What is `private` to a folder is imported only there, and where all is put together.
 *
 * @type {ReadonlyArray<{ layer: string, files: RegExp, may: readonly string[], private?: RegExp, why: string }>}
 */
export const PLATFORM_LAYERS = [
  { layer: 'model', files: /^model\//, may: ['model'], why: 'the model knows neither components nor targets' },
  {
    layer: 'adapter',
    files: /^components\/[^/]+\/(kubernetes|process|compose)(\.ts|\/)/,
    may: ['model', 'component', 'adapter', 'target interface'],
    private: /^components\/[^/]+\//,
    why: 'an adapter knows the model, components and the interface of its target',
  },
  { layer: 'component', files: /^components\//, may: ['model', 'component'], why: 'a component names no target; what is special to one stands in its adapter' },
  {
    layer: 'target interface',
    files: /^targets\/([^/]+\/(adapter|system|kit)|[^/]+)\.ts$/,
    may: ['model', 'target interface', 'target'],
    why: 'a target knows no component',
  },
  { layer: 'target', files: /^targets\//, may: ['model', 'target interface', 'target'], private: /^targets\/[^/]+\//, why: 'a target knows no component' },
  {
    layer: 'composition',
    files: /^(plan|render(-[a-z]+)?)\.ts$/,
    may: ['model', 'component', 'adapter', 'target interface', 'target', 'composition'],
    why: 'what puts the platform together is not built on its entries',
  },
  { layer: 'entry', files: /^/, may: ['model', 'composition', 'entry'], why: 'only plan.ts and render.ts import components and targets' },
]

/** Code that runs in Temporal's workflow sandbox, and what must not come into it, directly or through other files. */
export const SANDBOX = {
  files: /^(packages\/worker\/src\/workflow|apps\/[^/]+\/src\/workflows|bench\/platform\/src\/workflows)\//,
  /** Installed packages and workspace packages, by the name that is imported. */
  forbidden: /^(zod|@sundial\/contract)(\/|$)/,
}

/** Tests and what only tests use: free of the rules inside of a package. */
export const TEST_FILES = /\.(test|fixture)\.[jt]s$|\/(testing|fixtures)\//
