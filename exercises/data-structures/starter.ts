/** A command is a list of words, or a line as you would type it. */
type Command = string[] | string

/** Commands that keep a session with these fields. */
export function saveSession(_id: string, _fields: Record<string, string>): Command[] {
  return [['PING']]
}

/** Commands that give one field of a session another value. */
export function changeField(_id: string, _field: string, _value: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply is the value of a field. */
export function readField(_id: string, _field: string): Command[] {
  return [['PING']]
}

/** Commands that add points to what a player has. */
export function addPoints(_player: string, _points: number): Command[] {
  return [['PING']]
}

/** Commands whose last reply is the best players, the best first. */
export function best(_count: number): Command[] {
  return [['PING']]
}

/** Commands whose last reply is how many players are better. */
export function place(_player: string): Command[] {
  return [['PING']]
}

/** Commands for a product that a user looks at. */
export function view(_user: string, _product: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply is the ten products viewed last, the newest first. */
export function recent(_user: string): Command[] {
  return [['PING']]
}

/** Commands by which a user likes a post. */
export function like(_user: string, _post: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply is the posts that a user liked. */
export function likes(_user: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply says whether a user liked a post. */
export function hasLiked(_user: string, _post: string): Command[] {
  return [['PING']]
}

/** Commands that put a message into the queue of a room. */
export function send(_room: string, _message: string): Command[] {
  return [['PING']]
}

/** Commands whose last reply is the oldest message, which leaves the queue. */
export function receive(_room: string): Command[] {
  return [['PING']]
}
