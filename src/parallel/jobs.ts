import { availableParallelism } from 'node:os'

let jobs = availableParallelism()

/** How many tasks run at the same time from now on; as many as there are cores by default. */
export function useJobs(count: number | undefined): void {
  jobs = count ?? availableParallelism()
}

/** How many tasks run at the same time. */
export const currentJobs = (): number => jobs
