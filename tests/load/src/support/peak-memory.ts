/** The largest resident set of a process so far in MB (10^6 bytes), from the text of its `/proc/<pid>/status` (proc_pid_status(5): VmHWM). */
export function peakMegabytesOf(status: string): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
  if (kibibytes === undefined) throw new Error('no VmHWM')
  return (Number(kibibytes) * 1024) / 1e6
}
