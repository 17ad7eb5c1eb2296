import { type Command, Option } from 'commander'
import { type Address, parseAddresses } from '../../remote/address.js'

/** Real servers in the place of simulated nodes, for the commands that can have them. */

export interface ConnectFlags {
  connect?: Address[]
}

export function connectOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--connect <addresses>',
      'real servers as nodes: redis://host:port, rediss:// or memcached://, between commas',
    ).argParser((text) => parseAddresses('--connect', text)),
  )
}
