import schema from '../../report/report.schema.json' with { type: 'json' }
import { choice } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { writeData } from '../output/terminal.js'

const names = schema.oneOf.map(({ $ref }) => $ref.replace('#/$defs/', ''))

export const { configure, examples } = command({
  description:
    'Prints the JSON Schema (draft 2020-12) of what --format json prints: a report, or the replies of redis run and cluster run.',
  operand: option('[name]', 'only that of one kind', choice(names)),
  called: 'the schema',
  examples: [
    ['cachelab schema', 'of all that cachelab prints as JSON'],
    ['cachelab schema report', 'of reports'],
    ['cachelab schema replies', 'of the replies to a script of Redis commands'],
  ],
  run(_, name) {
    writeData(`${JSON.stringify(name === undefined ? schema : schemaOf(name), null, 2)}\n`)
  },
})

/** The schema of one kind, with what it refers to. */
function schemaOf(name: string) {
  const { $schema, $defs } = schema
  const used = new Set([name])
  for (const one of used) {
    const definition = JSON.stringify($defs[one as keyof typeof $defs])
    for (const [, other] of definition.matchAll(/"#\/\$defs\/(\w+)"/g)) used.add(other)
  }
  const needed = Object.entries($defs).filter(([one]) => used.has(one))
  return { $schema, $ref: `#/$defs/${name}`, $defs: Object.fromEntries(needed) }
}
