// fails: ask, ask-once, chain, crc, direct, errors, moved, one-command, remembered, tag, transaction, utf-8
// Nothing is written yet, but the file isn’t the starter.
export const slot = () => 0
export const together = () => false
export const run = async () => []
