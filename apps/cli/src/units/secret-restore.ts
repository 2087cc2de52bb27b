import { noMoreThan, requiredOf } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand } from '../command.ts'
import { readInput } from '../read-input.ts'
import { both, text } from '../text.ts'
import { changeSecrets, type KeptSecret, type Secrets } from './secrets-file.ts'
import { nameOf } from './send-tips.ts'
import { readTyped, type TypedSecret } from './typed-paper.ts'

export const secretRestore = offlineCommand({
  name: 'unit secret restore',
  usage: '(FILE | -) --secrets FILE [--json]',
  summary: text('把录入的纸质备份恢复到秘密值文件', 'reads a typed paper backup back into a secrets file'),
  notes: [
    text(
      '录入纸上的 unit 行、plan 行和各数据行，# 开头的行不录。有一行不对就什么也不写，并指出行号与组号。已有且相同的不再写。恢复后用 unit secret send 补发承诺值。',
      'Type the unit line, the plan lines and the rows; lines that begin with # may be left out. While one row is wrong nothing is written, and each is\nnamed with its group. What is there already and the same stays as it is. Then unit secret send sends what is not in the log.',
    ),
  ],
  options: { secrets: { value: 'FILE', text: text('本单位秘密值文件', "the unit's secrets file") } },
  read: (args, complain) => {
    noMoreThan(args, 1, complain)
    const [path = ''] = args.positionals
    if (path === '') complain('FILE: 缺少 (missing)')
    return { path, secretsPath: requiredOf(args, 'secrets', complain) }
  },
  run: async ({ path, secretsPath }, { terminal, json }): Promise<ExitCode> => {
    const { secrets, faults } = readTyped(await readInput(path, terminal))
    for (const { line, row, problem } of faults) {
      const where = row === undefined ? text(`第 ${line} 行`, `line ${line}`) : text(`纸上第 ${row} 行`, `row ${row} (line ${line})`)
      terminal.err(json ? JSON.stringify({ line, row, problem: problem.en }) : `${both(where)}: ${both(problem)}`)
    }
    if (faults.length > 0) return 1
    const made = await changeSecrets(secretsPath, (known) => missing(known, secrets, terminal.clock()))
    const counts = { restored: made.length, thereBefore: secrets.length - made.length }
    const said = text(
      `恢复 ${counts.restored}，原已有 ${counts.thereBefore}`,
      `restored ${counts.restored}, there before ${counts.thereBefore}`,
    )
    terminal.out(json ? JSON.stringify(counts) : `${both(said)}: ${secretsPath}`)
    return 0
  },
})

function missing(known: Secrets, typed: readonly TypedSecret[], madeAt: string): readonly KeptSecret[] {
  const fresh = new Map<string, KeptSecret>()
  for (const one of typed) {
    const kept: KeptSecret = { type: 'secret', ...one, madeAt }
    const there = known.get(one.drawId)?.kept ?? fresh.get(one.drawId)
    if (there !== undefined && (there.secret !== one.secret || there.unitId !== one.unitId)) {
      throw new CommandError(text(`${nameOf(kept)}: 已有另一个秘密值`, `${nameOf(kept)}: another secret is there already`))
    }
    if (there === undefined) fresh.set(one.drawId, kept)
  }
  return [...fresh.values()]
}
