/**
 * The slot of a key: CRC16 (XMODEM) of the key, or of its hash tag, modulo 16384.
 * @param {string} key
 */
export function slot(key) {
  return 0
}

/**
 * Whether a cluster accepts these commands as one transaction: all their keys are in one slot.
 * @param {string[][]} commands
 */
export function together(commands) {
  return false
}

/**
 * Sends commands one after the other to the nodes of their slots, and returns the replies.
 * @param {{ from: number, to: number, node: string }[]} slots
 * @param {string[][]} commands
 * @param {{ send(node: string, command: string[]): Promise<string | number | null> }} nodes
 *   an answer that is an error rejects with its text as the message
 */
export async function run(slots, commands, nodes) {
  return []
}
