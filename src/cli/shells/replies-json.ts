/** Replies to a script as JSON, piece by piece: all of it may be longer than a string can be. */
export function* repliesJson(command: string, replies: Iterable<string>): Generator<string> {
  yield `{"schema":"cachelab/replies@1","command":${JSON.stringify(command)},"replies":[`
  let separator = ''
  for (const reply of replies) {
    yield `${separator}\n${reply}`
    separator = ','
  }
  yield '\n]}\n'
}
