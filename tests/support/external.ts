import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ROOT, sundial, type CommandOptions, type Finished } from './command.ts'

/** A project of its own, with the orders application of this repository. */
export interface Project extends CommandOptions {
  readonly cwd: string
  run(args: readonly string[]): Promise<Finished>
  /** Writes files that people give, by `<secret>/<key>`. */
  give(files: Readonly<Record<string, string>>): Promise<void>
}

const APPLICATION = {
  database: { migrate: './apps/orders/dist/migrate.js' },
  worker: { module: './apps/orders/dist/worker.js' },
  api: { module: './apps/orders/dist/api.js' },
  services: { payment: { module: './apps/orders/dist/payment-sandbox/main.js', keepsFiles: true } },
  clients: { shop: { scopes: ['orders:read', 'orders:write', 'orders:approve'] } },
  demo: { module: './apps/orders/dist/demo.js', client: 'shop' },
}

/** @param namespace Temporal namespace of the orders. @param settings of the platform, beside its applications */
export async function ordersProject(folder: string, { namespace, settings }: { namespace: string; settings: object }): Promise<Project> {
  await mkdir(folder, { recursive: true })
  for (const name of ['node_modules', 'apps']) await symlink(join(ROOT, name), join(folder, name))
  const text = [
    "import { definePlatform } from '@sundial/platform'",
    "import { orders } from 'orders/contract'",
    `const application = ${JSON.stringify({ ...APPLICATION, namespace })}`,
    `export default definePlatform({ name: 'elsewhere', ...${JSON.stringify(settings)}, applications: { orders: { contract: orders, ...application } } })`,
  ]
  await writeFile(join(folder, 'sundial.config.ts'), text.join('\n'))
  const options = { cwd: folder, stateRoot: join(folder, 'state') }
  return {
    ...options,
    run: (args) => sundial(args, options),
    give: async (files) => {
      for (const [name, content] of Object.entries(files)) {
        const path = join(options.stateRoot, 'development', 'secrets', name)
        await mkdir(dirname(path), { recursive: true })
        await writeFile(path, content, { mode: 0o600 })
      }
    },
  }
}
