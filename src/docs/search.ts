import { blocksOf } from '../report/blocks.js'
import { topics, walkthroughs } from '../walk/index.js'
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
export function sections(): Section[] {
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

const folded = (text: string) => ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`

/** Whether every word that is looked for begins a word of the text, in any case; a hyphen is a space. */
export function matches(text: string, words: string): boolean {
  const searched = folded(words).trim()
  return searched !== '' && searched.split(' ').every((word) => folded(text).includes(` ${word}`))
}

/** A section that was found, and its first sentence or row with all of the words, if one has them. */
export interface Found extends Section {
  readonly excerpt?: string
}

/**
 * The sections with all of the words in their heading, then those with all of them in one sentence or row. Where there
 * are none, those with all of them anywhere.
 */
export function searchSections(words: string): Found[] {
  const found = sections()
    .filter(({ heading, texts }) => matches([heading, ...texts].join('\n'), words))
    .map((section): Found => {
      const sentences = section.texts.flatMap((text) => withoutLinks(text).split(/(?<=[.:?!]) /))
      const excerpt = sentences.find((sentence) => matches(sentence, words))
      return excerpt === undefined ? section : { ...section, excerpt: excerpt.replaceAll(/`|\*\*/g, '') }
    })
  const inHeading = found.filter(({ heading }) => matches(heading, words))
  const inSentence = found.filter((section) => section.excerpt !== undefined && !inHeading.includes(section))
  const close = [...inHeading, ...inSentence]
  return close.length > 0 ? close : found
}
