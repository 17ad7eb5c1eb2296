import synonyms from './synonyms.json' with { type: 'json' }

/** Words that every text has. */
const COMMON = new Set(
  'a an and are as at by do does for from how i in is it its my of on or the to what when which why with'.split(
    ' ',
  ),
)

const meanings = new Map<string, string>(Object.entries(synonyms))

/** The words of a text as they are compared: in lower case, with synonyms as one word, without those that say nothing. */
export function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.flatMap((word) => (meanings.get(word) ?? word).split(' ')).filter((word) => !COMMON.has(word))
}

/** A word without its English ending, so that `caches`, `cached` and `caching` are one: `cach`. */
export function stem(word: string): string {
  const plural = word.replace(/ies$/, 'y').replace(/(?<![su])s$/, '')
  return plural.length < 5 ? plural : plural.replace(/(?<=...)(ing|ion|ed|er|e)$/, '')
}
