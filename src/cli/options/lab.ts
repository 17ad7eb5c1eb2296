import { existsSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Argument, type Command, Option } from 'commander'
import { packageFolder, slugs } from '../../grading/course.js'
import { type Lab, labAround, openLab } from '../../grading/lab.js'
import { choice } from './arguments.js'

/** What commands that work in a lab share. */
export interface LabFlags {
  lab?: string
}

export function labOption(command: Command): Command {
  return command.addOption(
    new Option('--lab <folder>', 'where the lab is (default: here, or a folder above)'),
  )
}

export function exerciseArgument(command: Command, isRequired: boolean): Command {
  const names = slugs()
  return command.addArgument(
    new Argument(isRequired ? '<exercise>' : '[exercise]', 'which exercise')
      .choices(names)
      .argParser(choice('exercise', names)),
  )
}

/** The lab that is meant. */
export function labOf({ lab }: LabFlags): Lab {
  return lab === undefined ? labAround(process.cwd()) : openLab(lab)
}

/** What to type in a lab to run this cachelab: npx finds the one that is installed there. */
export function programIn({ folder }: Lab): string {
  const installed = join(folder, 'node_modules', 'cachelab')
  const isThis = existsSync(installed) && realpathSync(installed) === realpathSync(packageFolder())
  return isThis ? 'npx cachelab' : 'cachelab'
}

/** Whether there is a folder of that name. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
