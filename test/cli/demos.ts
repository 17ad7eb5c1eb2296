import { readdirSync } from 'node:fs'
import { root } from './run.js'

/** The demonstrations by name; their texts are bundled, and not to be imported here. */
export const demoNames = readdirSync(`${root}src/redis-guide/demos`)
  .filter((file) => file.endsWith('.redis'))
  .map((file) => file.replace('.redis', ''))
