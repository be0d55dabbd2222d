/** Conventional commits: `type(scope): what changes for whoever reads the history`. The scope is the part that changed. */
export default {
  extends: ['@commitlint/config-conventional'],
  rules: {
    'scope-enum': [
      2,
      'always',
      [
        'contract',
        'runtime',
        'codec',
        'codec-server',
        'worker',
        'api',
        'platform',
        'local',
        'operations',
        'cli',
        'orders',
        'bench',
        'tests',
        'docs',
        'ci',
        'tools',
        'deps',
      ],
    ],
  },
}
