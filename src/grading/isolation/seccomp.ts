import groups from './system-calls.json' with { type: 'json' }

/** System calls that no solution needs, on x86-64 and on arm64. New ones have the same number everywhere. */
const REFUSED = Object.values(groups).flatMap((calls) => Object.values<number[]>(calls))

/** As linux/audit.h names them. */
const MACHINES: Partial<Record<NodeJS.Architecture, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 }

const LOAD = 0x20
const JUMP_IF_EQUAL = 0x15
const JUMP_IF_AT_LEAST = 0x35
const RETURN = 0x06
const ALLOW = 0x7fff0000
const REFUSE = 0x00050001 // SECCOMP_RET_ERRNO with EPERM
const NUMBER_AT = 0
const MACHINE_AT = 4
/** Numbers from here on belong to the x32 ABI, which has a second number for every call. */
const X32 = 0x40000000

/**
 * A filter of system calls as the kernel takes it (linux/filter.h, linux/seccomp.h): refuses some, and all of other
 * machines' conventions. On a processor that it has no numbers for it allows everything.
 */
export function systemCallFilter(architecture: NodeJS.Architecture = process.arch): Buffer {
  const machine = MACHINES[architecture]
  if (machine === undefined) return program([[RETURN, 0, 0, ALLOW]])
  const numbers = REFUSED.map(([x64, arm64]) => (architecture === 'x64' ? x64 : arm64))
  return program([
    [LOAD, 0, 0, MACHINE_AT],
    [JUMP_IF_EQUAL, 0, numbers.length + 3, machine],
    [LOAD, 0, 0, NUMBER_AT],
    [JUMP_IF_AT_LEAST, numbers.length + 1, 0, X32],
    ...numbers.map((number, i): Instruction => [JUMP_IF_EQUAL, numbers.length - i, 0, number]),
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, REFUSE],
  ])
}

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number]

function program(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(8 * instructions.length)
  for (const [i, [code, ifTrue, ifFalse, operand]] of instructions.entries()) {
    bytes.writeUInt16LE(code, 8 * i)
    bytes.writeUInt8(ifTrue, 8 * i + 2)
    bytes.writeUInt8(ifFalse, 8 * i + 3)
    bytes.writeUInt32LE(operand, 8 * i + 4)
  }
  return bytes
}
