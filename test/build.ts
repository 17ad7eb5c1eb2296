import { execFileSync } from 'node:child_process'

/** Builds the program once before all tests, so that they run what the sources say now. */
export default function setup(): void {
  execFileSync(process.execPath, ['src/build.mjs'], { stdio: 'inherit' })
}
