import type { CommandModule, Route } from './route.js'
import summaries from './routes.json' with { type: 'json' }

/** Every command, in the order of the help. `ring sweep` is the module commands/ring-sweep.ts. */
export const routes: readonly Route[] = Object.entries(summaries).map(([name, summary]) => ({
  path: name.split(' '),
  summary,
  hidden: name === 'complete',
  load: () => import(`./commands/${name.replace(' ', '-')}.ts`) as Promise<CommandModule>,
}))

/** Routes one word longer than a path. */
export function children(path: readonly string[]): Route[] {
  return routes.filter(
    (route) => route.path.length === path.length + 1 && path.every((word, i) => route.path[i] === word),
  )
}
