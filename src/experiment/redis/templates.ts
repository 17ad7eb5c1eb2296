/**
 * Commands are written as templates, words between spaces: `{i}` is the number of the action, `{at}`, `{next}` and
 * `{far}` are items all over the structure, a different one each time, `{half}` is the one in the middle, `{new}` one
 * that is not there yet, `{last}` one of the last ten. `[field{n} value]` stands for its words for every item, `{json}` for an object of all fields.
 */
export function command(template: string, size: number, i: number): string[] {
  const at = (step: number) => (step * 7919 + 13) % size
  const values: Record<string, number> = {
    i,
    at: at(i),
    next: at(i + 1),
    far: at(3 * i),
    farther: at(7 * i),
    half: Math.floor(size / 2),
    new: size + i,
    last: size - 1 - (i % 10),
  }
  return template
    .replace(/\[(.+)\]/, (_, words: string) =>
      items(size)
        .map((n) => words.replaceAll('{n}', String(n)))
        .join(' '),
    )
    .replace('{json}', () =>
      JSON.stringify(Object.fromEntries(items(size).map((n) => [`field${n}`, 'value']))),
    )
    .replace(/\{(\w+)([+-][\d.]+)?\}/g, (_, name: string, plus = '0') => String(values[name] + Number(plus)))
    .split(' ')
}

/** Commands that put items into a structure, in the order of the items; `{n}` is each of them, `{even}` every second one. */
export function fillingCommands(templates: readonly string[], size: number): string[][] {
  const isRepeated = templates.some((template) => /\{(n|even)\}/.test(template.replace(/\[.+\]/, '')))
  return items(isRepeated ? size : 1).flatMap((n) =>
    templates
      .filter((template) => n % 2 === 0 || !template.includes('{even}'))
      .map((template) =>
        command(isRepeated ? template.replace(/\{(n|even)\}/g, String(n)) : template, size, n),
      ),
  )
}

const items = (size: number) => Array.from({ length: size }, (_, n) => n)
