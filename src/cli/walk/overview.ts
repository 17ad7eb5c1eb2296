import { displayWidth } from '../../report/width.js'
import { wrap } from '../../report/wrap.js'
import { lengthOf } from '../../walk/ending.js'
import { topics, walkthroughs } from '../../walk/index.js'
import { savedWalk } from '../../walk/progress.js'
import { parseWalkthrough } from '../../walk/walkthrough.js'
import { program } from '../options/lab.js'
import { paragraphs, type Style } from './scene.js'

/** The walkthroughs in their order, what is done of each, and which is next. */
export function overview(style: Style): string {
  const { paint, width } = style
  const all = topics.map((topic) => {
    const walk = parseWalkthrough(walkthroughs[topic])
    return { topic, walk, ...savedWalk(topic, lengthOf(walk)) }
  })
  const next = all.find(({ isDone }) => !isDone)
  const longest = Math.max(...topics.map((topic) => topic.length))
  const lines = all.map(({ topic, walk, step, isDone }) => {
    const state = isDone ? paint.good('✓') : step > 0 ? paint.accent('…') : ' '
    const how = step > 0 ? `step ${step + 1} of ${lengthOf(walk)}` : `${walk.minutes} min`
    const begin = `${state} ${paint.bold(topic.padEnd(longest))}  `
    const line = `${begin}${how.padEnd(12)}  ${walk.title}`
    if (displayWidth(line) <= width) return line
    const isRoom = displayWidth(begin + how) <= width
    const below = [...(isRoom ? [] : [how]), ...wrap(walk.title, width - 2)]
    return [isRoom ? begin + how : begin.trimEnd(), ...below.map((text) => `  ${text}`)].join('\n')
  })
  const done = all.filter(({ isDone }) => isDone).length
  const go = next
    ? `Next, about ${next.walk.minutes} minutes: \`${program()} walk ${next.topic}\``
    : `All walkthroughs are done. Now the exercises: \`${program()} init\``
  return `${lines.join('\n')}\n\n${paragraphs([`${done} of ${all.length} done. ${go}`], style).join('\n')}\n`
}
