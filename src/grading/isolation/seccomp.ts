/** System calls that no solution needs, by number: [name, x86-64, arm64]. New ones have the same number everywhere. */
const REFUSED: readonly (readonly [name: string, x64: number, arm64: number])[] = [
  // The view of the machine is finished.
  ['mount', 165, 40],
  ['umount2', 166, 39],
  ['pivot_root', 155, 41],
  ['chroot', 161, 51],
  ['setns', 308, 268],
  ['unshare', 272, 97],
  ['open_tree', 428, 428],
  ['move_mount', 429, 429],
  ['fsopen', 430, 430],
  ['fsconfig', 431, 431],
  ['fsmount', 432, 432],
  ['mount_setattr', 442, 442],
  ['name_to_handle_at', 303, 264],
  ['open_by_handle_at', 304, 265],
  // Parts of the kernel in which most holes were found.
  ['bpf', 321, 280],
  ['perf_event_open', 298, 241],
  ['userfaultfd', 323, 282],
  ['io_uring_setup', 425, 425],
  ['ptrace', 101, 117],
  ['process_vm_readv', 310, 270],
  ['process_vm_writev', 311, 271],
  // What would outlive the run, or isn't counted as anybody's memory.
  ['add_key', 248, 217],
  ['request_key', 249, 218],
  ['keyctl', 250, 219],
  ['shmget', 29, 194],
  ['semget', 64, 190],
  ['msgget', 68, 186],
  ['mq_open', 240, 180],
  ['memfd_create', 319, 279],
  // The whole machine's.
  ['kexec_load', 246, 104],
  ['kexec_file_load', 320, 294],
  ['init_module', 175, 105],
  ['finit_module', 313, 273],
  ['delete_module', 176, 106],
  ['syslog', 103, 116],
  ['acct', 163, 89],
  ['swapon', 167, 224],
  ['reboot', 169, 142],
  ['quotactl', 179, 60],
]

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
/** Numbers from here on are those of the x32 ABI, under which every call has a second one. */
const X32 = 0x40000000

/**
 * A filter of system calls as the kernel takes it (linux/filter.h, linux/seccomp.h): refuses some, and all of other
 * machines' conventions. On a processor that it has no numbers for it allows everything.
 */
export function systemCallFilter(architecture: NodeJS.Architecture = process.arch): Buffer {
  const machine = MACHINES[architecture]
  if (machine === undefined) return program([[RETURN, 0, 0, ALLOW]])
  const numbers = REFUSED.map(([, x64, arm64]) => (architecture === 'x64' ? x64 : arm64))
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
