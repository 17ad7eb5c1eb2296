import type { Run, Step } from '../../walk/walkthrough.js'
import { feedback } from './feedback.js'
import { perform } from './perform.js'
import { commandLines, paragraphs, type Style, scenesOf, shownBy, taskLines } from './scene.js'

/** A step as it is printed where there is no terminal: with answers and solutions. */
export async function printed(step: Step, style: Style): Promise<string> {
  const parts: string[][] = []
  const run = async (one: Run) => [
    ...commandLines(one, style),
    ...(await perform(one)).output.trimEnd().split('\n'),
  ]
  let said: string[] = []
  let shown: string[] = []
  for (const { before, run: command, after, task } of scenesOf(step)) {
    parts.push(paragraphs(before, style))
    if (command) parts.push(await run(command))
    parts.push(paragraphs([...said, ...after], style), shown)
    said = []
    shown = shownBy(task, style)
    if (!task) continue
    parts.push(taskLines(task, style))
    if (task.kind === 'act') parts.push(await run(task.solution), paragraphs([task.explanation ?? ''], style))
    else said = [feedback('', task, [])!]
  }
  return parts
    .filter((lines) => lines.join('') !== '')
    .map((lines) => `\n${lines.join('\n')}\n`)
    .join('')
}
