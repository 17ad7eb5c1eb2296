/** Commands that the fuzzer doesn't run, and options that it doesn't give, each with the reason. */
export const leftOut: Readonly<Record<string, string>> = {
  'lab up': 'starts servers that outlive it',
  'redis compare': 'sends random commands to a server, which may be anybody’s',
  'redis serve': 'serves until it is ended',
  '--open': 'starts a browser',
  '--connect': 'writes to servers, which may be anybody’s',
}

/** Commands that write where an argument says; the fuzzer gives them names in the current folder only. */
export const writing: ReadonlySet<string> = new Set([
  'check',
  'grade',
  'hint',
  'init',
  'new',
  'quiz',
  'reset',
  'solution',
  'walk',
  'watch',
])
