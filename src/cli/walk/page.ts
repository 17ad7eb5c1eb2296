import { drawQuiz } from '../../quiz/index.js'
import { htmlPage, reportSection } from '../../report/html/index.js'
import { inlineOf } from '../../report/inline.js'
import { type Content, element, join, type Markup, textLines } from '../../report/markup.js'
import { partOf } from '../../report/part.js'
import type { Report } from '../../report/report.js'
import { lastQuestions } from '../../walk/ending.js'
import type { Topic } from '../../walk/index.js'
import type { Act, Ask, Run, Step, Walkthrough } from '../../walk/walkthrough.js'
import { typed } from '../options/lab.js'
import { ProgressLine } from '../output/terminal.js'
import { type Surface, surface } from '../surface.js'
import { feedback } from './feedback.js'
import { perform } from './perform.js'
import { choicesOf, onward, scenesOf, taskText } from './scene.js'

/** A walkthrough as a page, with its runs and their figures; what answers a question is folded. */
export async function walkPage(topic: Topic, walk: Walkthrough): Promise<string> {
  const { title, about, minutes, learnt } = walk
  const all = walk.steps.flatMap(({ blocks }) => blocks)
  const runs = new Runs(all.filter(({ kind }) => kind === 'run' || kind === 'act').length)
  const steps: Markup[] = []
  for (const [i, step] of walk.steps.entries())
    steps.push(section(`step-${i + 1}`, `${i + 1}. ${step.title}`, await stepContent(step, runs)))
  runs.end()
  const questions = lastQuestions(drawQuiz(topic, 1)).map((ask) => asked(ask, answerOf(ask)))
  return htmlPage(title, [
    element('h1', {}, title),
    element(
      'p',
      { class: 'made' },
      command(`cachelab walk ${topic} --format html`),
      ` · about ${minutes} minutes`,
    ),
    paragraph(about),
    contents(walk.steps),
    steps,
    section('learnt', 'What you have learnt', list(learnt)),
    section('questions', 'Questions', questions),
    section('next', 'What comes next', list(onward(walk, topic))),
  ])
}

const section = (id: string, title: string, content: Content): Markup =>
  element(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    element('h2', { id: `${id}-title` }, title),
    content,
  )

const list = (texts: readonly string[]): Markup =>
  element(
    'ul',
    {},
    texts.map((text) => element('li', {}, prose(text))),
  )

const contents = (steps: readonly Step[]): Markup =>
  element(
    'nav',
    { 'aria-label': 'Steps' },
    element(
      'ol',
      {},
      steps.map(({ title }, i) => element('li', {}, element('a', { href: `#step-${i + 1}` }, title))),
    ),
  )

/** A step: each task in a frame, with what answers it folded. The run after a guess answers it. */
async function stepContent(step: Step, runs: Runs): Promise<Markup> {
  const parts: Markup[] = []
  let open: Ask | undefined
  for (const { before, run, after, task } of scenesOf(step)) {
    const told = join(before.map(paragraph), run && (await runs.shown(run)), after.map(paragraph))
    const isAnswer = open?.kind === 'predict' && run !== undefined
    if (open) parts.push(asked(open, [answerOf(open), isAnswer ? told : undefined], isAnswer))
    if (!isAnswer) parts.push(told)
    open = task?.kind === 'act' ? undefined : task
    if (task?.kind === 'act') parts.push(await toDo(task, runs))
  }
  return join(parts)
}

/** A question with its choices, and its answer folded. */
function asked(ask: Ask, answer: Content, hasRun = false): Markup {
  const choices = choicesOf(ask).map((choice) => element('li', {}, prose(choice)))
  return element(
    'div',
    { class: 'asked' },
    paragraph(taskText(ask)),
    choices.length > 0 ? element('ol', { type: 'a', class: 'choices' }, choices) : undefined,
    folded(hasRun ? 'The answer, and the run that shows it' : 'The answer', answer),
  )
}

/** The answer, why others are wrong, and the command that shows it. */
function answerOf(ask: Ask): Content {
  const wrong = ask.mistakes.flatMap(({ answer, why }) => (why ? [`**${answer}**: ${why}`] : []))
  return [
    paragraph(feedback('', ask, [])!),
    wrong.length > 0 ? join(element('p', {}, 'Why not another:'), list(wrong)) : undefined,
    ask.kind === 'question' && ask.command ? commandBlock(ask.command) : undefined,
  ]
}

async function toDo(act: Act, runs: Runs): Promise<Markup> {
  const { hint, solution, explanation } = act
  return element(
    'div',
    { class: 'asked' },
    paragraph(taskText(act)),
    folded('A hint', paragraph(hint)),
    folded('A solution', [await runs.shown(solution), explanation ? paragraph(explanation) : undefined]),
  )
}

const folded = (summary: string, content: Content): Markup =>
  element('details', { class: 'answer' }, element('summary', {}, summary), content)

const paragraph = (text: string): Markup => element('p', {}, prose(text))

const prose = (text: string): Content =>
  inlineOf(typed(text)).map(({ kind, text: words }) => (kind === 'text' ? words : element(kind, {}, words)))

const command = (line: string): Markup => element('code', {}, typed(line))

const commandBlock = (line: string): Markup =>
  element('pre', { class: 'command', tabindex: 0 }, command(line))

/** Performs the runs of a page, and says how far they are. */
class Runs {
  private done = 0
  private readonly progress = new ProgressLine('walk')
  private readonly drawn = new Set<string>()
  private readonly paper = paperOf(surface())

  constructor(private readonly total: number) {}

  /** A command, and below it its report, or what it prints where it has none. */
  async shown({ line, parts }: Run): Promise<Markup> {
    this.progress.update(this.done, this.total)
    const { report, output } = await perform({ line, parts }, false, this.paper)
    this.done++
    if (!report) return join(commandBlock(line), printed(line, output))
    return join(commandBlock(line), this.part(this.withFigures(report, parts)))
  }

  /** The wanted parts of a report, and its figures, for which a screen has no room: those that the page doesn't have yet. */
  private withFigures(report: Report, parts: readonly string[]): Report {
    if (parts.length === 0 || parts.includes('figures')) return partOf(report, parts)
    const { figures = [], ...part } = partOf(report, [...parts, 'figures'])
    const texts = figures.map((figure) => JSON.stringify(figure))
    const added = figures.filter((_, i) => !this.drawn.has(texts[i]))
    for (const text of texts) this.drawn.add(text)
    return { ...part, figures: added }
  }

  end(): void {
    this.progress.clear()
  }

  /** Only a report that has a title has a heading of its own. */
  private part(report: Report): Markup {
    const { title } = report
    const level = title === '' ? 3 : 4
    return join(
      title === '' ? undefined : element('h3', {}, title),
      reportSection(report, level, `r${this.done}-`),
    )
  }
}

const printed = (line: string, output: string): Markup =>
  element(
    'pre',
    { tabindex: 0, role: 'group', 'aria-label': `What ${line} prints` },
    textLines(output.trimEnd()),
  )

/** What a page is printed on: the same whatever terminal it is made in. */
const paperOf = ({ env }: Surface): Pick<Surface, 'env' | 'columns' | 'rows'> => ({
  env: { ...env, NO_COLOR: '1', COLUMNS: undefined, LC_ALL: 'C.UTF-8' },
  columns: undefined,
  rows: undefined,
})
