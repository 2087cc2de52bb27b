import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** CPU seconds that a process has used so far, from the text of its `/proc/<pid>/stat` (proc_pid_stat(5): utime, stime). */
export function cpuSecondsOf(stat: string, ticksPerSecond: number): number {
  // The second field is the program's name in parentheses and may hold anything; fields count from the last one on.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Reads CPU seconds of processes; Linux only. */
export function cpuMeter(): (pid: number) => number {
  const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return (pid) => cpuSecondsOf(readFileSync(`/proc/${pid}/stat`, 'utf8'), ticksPerSecond)
}
