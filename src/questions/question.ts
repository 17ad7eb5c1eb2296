/** An answer that is likely and wrong. */
export interface Mistake {
  readonly answer: string
  /** What is behind it, for those who gave it. */
  readonly why?: string
}

/** A question of a walkthrough or a quiz, with its answer. */
export interface Question {
  readonly text: string
  /** The right answer, as it is shown: a number with its unit, a choice, or a word. */
  readonly answer: string
  /** How far off a number may be, in the unit of the answer; only numbers have it. */
  readonly near?: number
  /** What is right as well. */
  readonly also: readonly string[]
  readonly mistakes: readonly Mistake[]
}

/** What a line of Markdown says by its first character. */
export interface Marked {
  readonly text: string
  /** What follows lines with a mark, in order. */
  all(mark: string): string[]
}

/**
 * Lines of which some begin with a mark: `=` an answer, `-` a mistake, `>` an explanation, `$` a command, `?` a condition, `~` a hint.
 * A line that begins otherwise goes on with the one before.
 */
export function markedLines(lines: readonly string[]): Marked {
  const [text = '', ...marked] = lines
    .join('\n')
    .split(/\n(?=[=\->$?~] )/)
    .map((field) => field.replaceAll('\n', ' '))
  return {
    text,
    all: (mark) => marked.filter((field) => field.startsWith(`${mark} `)).map((field) => field.slice(2)),
  }
}

/**
 * A question of marked lines: `= 79.76 % ± 2` is the right answer, of a number with how far off it may be; further lines of
 * `=` are right too; `- 20 % → why` is a mistake with what is behind it. A question that isn't a number and has mistakes is
 * asked with choices.
 */
export function questionOf({ text, all }: Marked): Question {
  const [first = '', ...also] = all('=')
  const [answer, near] = first.split(' ± ')
  return {
    text,
    answer,
    ...(near === undefined ? {} : { near: Number(near) }),
    also,
    mistakes: all('-').map((line) => {
      const [wrong, why] = line.split(' → ')
      return { answer: wrong, ...(why === undefined ? {} : { why }) }
    }),
  }
}
