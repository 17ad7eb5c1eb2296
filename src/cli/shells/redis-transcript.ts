import { pretty } from '../../redis/present.js'
import { type Reply, toText } from '../../redis/reply.js'
import type { LineResult } from '../../redis/script.js'
import { printable, printableLines } from '../../report/text.js'

/** What is shown where there is no reply. */
export const SILENCE = { silenced: 'no reply', closed: 'the connection was closed' }

/** A script with its replies: each command as typed, and what redis-cli would show. */
export class Transcript {
  private readonly waiting = new Set<LineResult>()

  /** Clients are named from the start where `isNamed`, else from the second one on. */
  constructor(private isNamed = false) {}

  /** A command with its replies, or a message. */
  complete(outcome: LineResult): string {
    const replies = outcome.silence
      ? `(${SILENCE[outcome.silence]})\n`
      : outcome.replies.map(shownReply).join('')
    const prompt = this.prompt(outcome)
    if (outcome.silence === 'closed') return `${prompt}${replies}`
    if (!outcome.line) return `${prompt}(message)\n${replies}`
    if (this.waiting.has(outcome)) return `${prompt}(the reply to ${shown(outcome)})\n${replies}`
    return `${prompt}${shown(outcome)}\n${replies}`
  }

  /** A command that waits for its reply. */
  waits(outcome: LineResult): string {
    this.waiting.add(outcome)
    return `${this.prompt(outcome)}${shown(outcome)}\n(waits)\n`
  }

  /** Commands that never got a reply. */
  end(outcomes: readonly LineResult[]): string {
    const never = outcomes.filter(({ replies, silence }) => replies.length === 0 && !silence)
    return never.map((outcome) => `${this.prompt(outcome)}${shown(outcome)}\n(never answered)\n`).join('')
  }

  private prompt({ client }: LineResult): string {
    if (client > 1) this.isNamed = true
    return this.isNamed ? `client:${client}> ` : '> '
  }
}

const shown = ({ line }: LineResult) => printable(toText(line?.text ?? ''))

/** A reply as redis-cli shows it, with what would act on a terminal spelled out in statuses and errors too. */
export const shownReply = (reply: Reply): string => printableLines(toText(pretty(reply)))
