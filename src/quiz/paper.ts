import { lettered, mistaken } from '../questions/judge.js'
import { readNumber } from '../questions/reading.js'
import type { Drawn } from './index.js'

/** A paper for a class: the questions, and on the last pages their answers. */
export interface Paper {
  readonly title: string
  readonly questions: readonly Drawn[]
}

export function markdownPaper({ title, questions }: Paper): string {
  const text = (words: string) => words.replaceAll(/[\\`*_{}[\]<>|#]/g, '\\$&')
  const asked = questions.map(({ text: question, choices }, i) =>
    [`${i + 1}. ${text(question)}`, ...lettered(choices).map((choice) => `   - ${text(choice)}`)].join('\n'),
  )
  const answers = questions.map(
    ({ answer, explanation, command }, i) =>
      `${i + 1}. **${text(answer)}** ${text(explanation)}\n   \`${command}\``,
  )
  return `# ${title}\n\n${asked.join('\n\n')}\n\n## Solutions\n\n${answers.join('\n')}\n`
}

export function htmlPaper({ title, questions }: Paper): string {
  const text = (words: string) =>
    words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  const asked = questions.map(({ text: question, choices }) => {
    const list = choices.map((choice) => `<li>${text(choice)}</li>`).join('')
    return `<li><p>${text(question)}</p>${list === '' ? '<p class="line"></p>' : `<ol type="a">${list}</ol>`}</li>`
  })
  const answers = questions.map(
    ({ answer, explanation, command }) =>
      `<li><strong>${text(answer)}</strong> ${text(explanation)} <code>${text(command)}</code></li>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${text(title)}</title>
<style>
body { font: 1em/1.5 sans-serif; max-width: 45em; margin: 2em auto; padding: 0 1em }
li { margin: .5em 0; break-inside: avoid }
.line { border-bottom: 1px solid; height: 2em }
.solutions { break-before: page }
</style>
<h1>${text(title)}</h1>
<ol>
${asked.join('\n')}
</ol>
<section class="solutions">
<h2>Solutions</h2>
<ol>
${answers.join('\n')}
</ol>
</section>
</html>
`
}

/** The questions in Moodle's GIFT: numbers with their tolerance, choices, or a word; with what is behind each mistake. */
export function giftPaper({ questions }: Paper): string {
  const text = (words: string) => words.replaceAll(/[\\~=#{}:]/g, '\\$&')
  return questions
    .map((question) => {
      const { topic, id, text: asked, explanation } = question
      const body = giftAnswers(question, text)
      return `::${text(`${topic} ${id}`)}:: ${text(asked)} {${body}\n\t####${text(explanation)}\n}\n`
    })
    .join('\n')
}

/** Without the digits of a binary fraction: 0.02 × 7.1 is 0.142. */
const inShort = (number: number): number => Number(number.toPrecision(6))

function giftAnswers({ answer, near, choices, mistakes }: Drawn, text: (words: string) => string): string {
  if (near !== undefined) {
    const { value, unit } = readNumber(answer)!
    // The first line that a number fits counts, so a mistake that is near to the answer takes nothing from it.
    const wrong = mistakes.flatMap((mistake) => {
      const number = mistaken(mistake, unit)
      return number ? [`\n\t=%0%${number.value}:${inShort(number.near)} #${text(mistake.why ?? '')}`] : []
    })
    return `#\n\t=${value}:${near}${wrong.join('')}`
  }
  if (choices.length === 0) return `\n\t=${text(answer)}`
  const lines = choices.map((choice) => {
    if (choice === answer) return `\n\t=${text(choice)}`
    const why = mistakes.find((mistake) => mistake.answer === choice)?.why
    return `\n\t~${text(choice)}${why === undefined ? '' : ` #${text(why)}`}`
  })
  return lines.join('')
}
