import { describe, expect, it } from 'vitest'
import { askTool, javaMajor, rustcAtLeast } from './tools.ts'

describe('versions of tools', () => {
  it('reads the major version of every JDK, 1.8 as 8', () => {
    expect(javaMajor('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime')).toBe(17)
    expect(javaMajor('java version "1.8.0_401"')).toBe(8)
    expect(javaMajor('openjdk version "25" 2025-09-16')).toBe(25)
    expect(javaMajor('The operation couldn’t be completed.')).toBeUndefined()
  })

  it('compares rustc by number, on both sides of the limit', () => {
    expect(rustcAtLeast('rustc 1.95.0 (59807616e 2026-04-14)', 1, 95)).toBe(true)
    expect(rustcAtLeast('rustc 1.94.1', 1, 95)).toBe(false)
    expect(rustcAtLeast('rustc 1.100.0', 1, 95)).toBe(true)
    expect(rustcAtLeast('rustc 2.0.0', 1, 95)).toBe(true)
    expect(rustcAtLeast('error: no default toolchain', 1, 95)).toBe(false)
  })
})

describe('askTool', () => {
  it('tells a tool that is not there from one that fails', async () => {
    expect(await askTool('dual-random-no-such-tool', [], process.env)).toEqual({ found: false, reason: '未找到 / not found' })
    const failing = await askTool(
      process.execPath,
      ['-e', 'console.error("first"); console.error("cannot connect"); process.exit(1)'],
      process.env,
    )
    expect(failing).toEqual({ found: false, reason: 'cannot connect' })
  })

  it('does not wait for a tool that hangs', async () => {
    const answer = await askTool(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], process.env, 200)
    expect(answer).toEqual({ found: false, reason: expect.stringContaining('0.2 s') })
  })
})
