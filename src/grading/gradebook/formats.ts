import type { Reveal } from '../reveal.js'
import type { Gradebook } from './gradebook.js'
import type { Student } from './roster.js'

interface BookFormat {
  /** Of these a student must have one, so that the other side knows who it is. */
  readonly identities: readonly (keyof Student)[]
  render(): Promise<(book: Gradebook, reveal: Reveal) => string>
}

/** Formats of a gradebook beside those of all reports. */
export const bookFormats = {
  junit: { identities: [], render: async () => (await import('../formats/junit.js')).renderBookJunit },
  gradescope: {
    identities: ['email', 'id'],
    render: async () => (await import('./for-import.js')).renderGradescope,
  },
  canvas: {
    identities: ['id', 'sisId', 'login'],
    render: async () => (await import('./for-import.js')).renderCanvas,
  },
  moodle: {
    identities: ['email', 'id', 'login'],
    render: async () => (await import('./for-import.js')).renderMoodle,
  },
} satisfies Record<string, BookFormat>

export type BookFormatName = keyof typeof bookFormats
