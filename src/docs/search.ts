import { topics, walkthroughs } from '../walk/index.js'
import { blocksOf } from './blocks.js'
import { documents } from './index.js'
import { withoutLinks } from './render.js'

/** A section of a document or a step of a walkthrough. */
export interface Section {
  /** The command that shows it. */
  readonly command: string
  readonly heading: string
  /** Its prose, lists and tables as sentences or rows. */
  readonly texts: readonly string[]
}

/** Every section of the documents, then those of the walkthroughs. */
function sections(): Section[] {
  const sources = [
    ...Object.entries(documents).map(([topic, text]) => [`cachelab docs ${topic}`, text] as const),
    ...topics.map((topic) => [`cachelab walk ${topic}`, walkthroughs[topic]] as const),
  ]
  return sources.flatMap(([command, markdown]) => {
    const found: { command: string; heading: string; texts: string[] }[] = []
    for (const block of blocksOf(markdown)) {
      if (block.kind === 'heading') found.push({ command, heading: block.text, texts: [] })
      const texts = found.at(-1)?.texts
      if (block.kind === 'prose') texts?.push(block.text)
      if (block.kind === 'list') texts?.push(...block.items)
      if (block.kind === 'table') texts?.push(...block.rows.map((row) => row.join(' · ')))
      if (block.kind === 'code') texts?.push(...block.lines)
    }
    return found
  })
}

const folded = (text: string) => text.toLowerCase().replaceAll(/[-\s]+/g, ' ')

/** Whether a text has every word that is looked for, in any case; a hyphen is a space. */
export function matches(text: string, words: string): boolean {
  return folded(words)
    .trim()
    .split(' ')
    .every((word) => folded(text).includes(word))
}

/** A section that was found, and its first sentence or row with all of the words, if one has them. */
export interface Found extends Section {
  readonly excerpt?: string
}

/** The sections with all of the words: first those whose heading has them, then those where one sentence or row has. */
export function searchSections(words: string): Found[] {
  const rank = ({ heading, excerpt }: Found) =>
    matches(heading, words) ? 0 : excerpt !== undefined && folded(excerpt).includes(folded(words)) ? 1 : 2
  return sections()
    .filter(({ heading, texts }) => matches([heading, ...texts].join('\n'), words))
    .map((section): Found => {
      const sentences = section.texts.flatMap((text) => withoutLinks(text).split(/(?<=[.:?!]) /))
      const excerpt = sentences.find((sentence) => matches(sentence, words))
      return excerpt === undefined ? section : { ...section, excerpt: excerpt.replaceAll(/`|\*\*/g, '') }
    })
    .sort((a, b) => rank(a) - rank(b))
}
