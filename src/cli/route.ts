import type { Command } from 'commander'

/** A command's path and module, and its summary in the help. */
export interface Route {
  readonly path: readonly string[]
  readonly summary: string
  readonly hidden: boolean
  load(): Promise<CommandModule>
}

/** The exports of a command's module. */
export interface CommandModule {
  configure(command: Command, program: Program): Command
  /** Three commands worth trying, each with what it shows. */
  readonly examples: readonly (readonly [command: string, shows: string])[]
}

/** The program that a command is part of, for those that name or run other commands. */
export interface Program {
  readonly routes: readonly Route[]
  /** Routes one word longer than a path. */
  children(path: readonly string[]): Route[]
  /** The commander program for a command line. */
  createProgram(argv: readonly string[], version: string): Promise<Command>
}
