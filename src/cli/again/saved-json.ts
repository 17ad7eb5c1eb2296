import { type Schema, Validator } from '@cfworker/json-schema'
import { InputError } from '../../input-error.js'
import schema from '../../report/report.schema.json' with { type: 'json' }
import { fileText, labelOf } from '../input.js'

type Kind = 'report' | 'part'

/** What --format json has written to a file; `-` is standard input. Throws as `checkedJson` does. */
export async function savedJson<T extends { schema: string }>(path: string, kind: Kind): Promise<T> {
  return checkedJson(await fileText(path), kind, labelOf(path))
}

/** What a text of JSON holds. Throws InputError, which names where it is from, where that is nothing of this kind. */
export function checkedJson<T extends { schema: string }>(
  text: string,
  kind: Kind,
  label: string,
  parse: (text: string) => unknown = JSON.parse,
): T {
  const value = parsed(text, label, parse)
  const wanted = schema.$defs[kind].properties.schema.const
  const name = (value as Partial<T> | null)?.schema
  if (typeof name === 'string' && name !== wanted)
    throw new InputError(`${label} has the schema ${JSON.stringify(name)}; a ${kind} has ${wanted}`)
  const [wrong] = new Validator({ ...schema.$defs[kind], $defs: schema.$defs } as Schema, '2020-12')
    .validate(value)
    .errors.slice(-1)
  if (wrong)
    throw new InputError(
      `${label} is not a ${kind}: at ${wrong.instanceLocation}: ${wrong.error.replace(/^False.*/, 'it is not expected').replace(/\.$/, '')}`,
    )
  return value as T
}

function parsed(text: string, label: string, parse: (text: string) => unknown): unknown {
  if (text === '')
    throw new InputError(`${label} is empty: what should have written it was ended before it was done`)
  try {
    return parse(text)
  } catch (error) {
    throw new InputError(`${label} is not JSON: ${(error as Error).message}`)
  }
}
