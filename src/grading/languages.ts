/** A language that there are starters for. */
interface LanguageFacts {
  readonly name: string
  readonly extension: string
  /** The file for an exercise. */
  file(slug: string): string
  /** How it is started, where it isn't the host built in for a file. */
  command?(file: string): readonly string[]
}

export const languages = {
  ts: { name: 'TypeScript', extension: 'ts', file: (slug) => `${slug}.ts` },
  js: { name: 'JavaScript', extension: 'js', file: (slug) => `${slug}.js` },
  py: {
    name: 'Python',
    extension: 'py',
    file: (slug) => `${slug.replaceAll('-', '_')}.py`,
    command: (file) => ['python3', 'host.py', file],
  },
} as const satisfies Record<string, LanguageFacts>

export type Language = keyof typeof languages
export const languageNames = Object.keys(languages) as Language[]
