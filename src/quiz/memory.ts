import { loadState, saveState, stateFile } from '../saved-state.js'
import type { Drawn } from './index.js'

/** How often in a row a question was answered right, and from which day on it is asked again (days since 1970). */
interface Remembered {
  readonly streak: number
  readonly due: number
}

/** After so many days a question comes again that was right once, twice, … (Leitner's boxes). */
const DAYS = [1, 3, 7, 21, 60]
const MS_PER_DAY = 86_400_000

const file = () => stateFile('quiz.json')
const nameOf = ({ topic, id }: Drawn) => `${topic}/${id}`

/** What a person has answered before, which decides what is asked next. */
export class QuizMemory {
  private readonly saved: Record<string, Remembered | undefined> = loadState(file())

  constructor(private readonly today = Math.floor(Date.now() / MS_PER_DAY)) {}

  /** Those that were wrong first, then those that are due, those never asked, and the others last. */
  inOrder(questions: readonly Drawn[]): Drawn[] {
    const rank = (question: Drawn): number => {
      const known = this.saved[nameOf(question)]
      if (typeof known?.due !== 'number') return 2
      return known.due > this.today ? 3 : known.streak === 0 ? 0 : 1
    }
    return [...questions].sort((a, b) => rank(a) - rank(b))
  }

  note(question: Drawn, isRight: boolean): void {
    const streak = isRight ? (this.saved[nameOf(question)]?.streak ?? 0) + 1 : 0
    const days = streak === 0 ? 0 : DAYS[Math.min(streak, DAYS.length) - 1]
    this.saved[nameOf(question)] = { streak, due: this.today + days }
    saveState(file(), this.saved)
  }

  /** How many of some questions were right when they were asked last. */
  known(questions: readonly Drawn[]): number {
    return questions.filter((question) => (this.saved[nameOf(question)]?.streak ?? 0) > 0).length
  }
}
