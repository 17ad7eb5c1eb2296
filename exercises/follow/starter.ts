/** A command is a list of words, or a line as you would type it. */
type Command = string[] | string

/** Commands by which a follows b. */
export function follow(_a: string, _b: string): Command[] {
  return [['PING']]
}

/** Commands by which a no longer follows b. */
export function unfollow(_a: string, _b: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply is the names that a follows. */
export function following(_a: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply is the names that follow b. */
export function followers(_b: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply is the names that both follow. */
export function common(_a: string, _b: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply says whether a follows b. */
export function isFollowing(_a: string, _b: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply is how many follow b. */
export function followerCount(_b: string): Command[] {
  return [['PING']]
}
