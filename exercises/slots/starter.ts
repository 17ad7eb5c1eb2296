interface Range {
  from: number
  to: number
  node: string
}

/** Reaches the nodes; an answer that is an error rejects with its text as the message. */
interface Nodes {
  send(node: string, command: string[]): Promise<string | number | null>
}

/** The slot of a key: CRC16 (XMODEM) of the key, or of its hash tag, modulo 16384. */
export function slot(key: string): number {
  return 0
}

/** Whether a cluster accepts these commands as one transaction: all their keys are in one slot. */
export function together(commands: string[][]): boolean {
  return false
}

/** Sends commands one after the other to the nodes of their slots, and returns the replies. */
export async function run(
  slots: Range[],
  commands: string[][],
  nodes: Nodes,
): Promise<(string | number | null)[]> {
  return []
}
