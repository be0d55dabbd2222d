import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Where systems keep it; CHROMIUM_PATH names another place. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Why the browser's tests are skipped where there is none. */
export const NO_CHROMIUM = 'there is no Chromium: install one, or set CHROMIUM_PATH'

/** Keeps to what it is told to open: nothing is fetched in the background. A sandbox of its own is not possible for root. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser of this machine, or nothing if there is none. */
export function chromiumPath(): string | undefined {
  return process.env['CHROMIUM_PATH'] || PLACES.find((path) => existsSync(path))
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS })
}
