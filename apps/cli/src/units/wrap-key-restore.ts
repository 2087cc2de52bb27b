import { noMoreThan, requiredOf } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand } from '../command.ts'
import { writeNew } from '../own-files.ts'
import { readInput } from '../read-input.ts'
import { both, text } from '../text.ts'
import { wrapKeyText, wrappingKeyOf } from './wrap-key.ts'
import { readWrapKeyPaper } from './wrap-key-paper.ts'

export const wrapKeyRestore = offlineCommand({
  name: 'unit wrap-key restore',
  usage: '(FILE | -) --out FILE [--json]',
  summary: text('从纸质备份录回上级的包裹密钥', "reads the superior's wrapping key back from paper"),
  notes: [
    text(
      '照纸件录入各行，# 开头的行不录。有一组录错或对调时指出是哪一组，不写文件。',
      'Type the lines of the sheet; those that begin with # may be left out. A wrong or exchanged group is named, and nothing is written.',
    ),
  ],
  options: { out: { value: 'FILE', text: text('密钥文件', 'where the key goes') } },
  read: (args, complain) => {
    noMoreThan(args, 1, complain)
    const [typed = ''] = args.positionals
    if (typed === '') complain('FILE: 缺少 (missing)')
    return { typed, out: requiredOf(args, 'out', complain) }
  },
  run: async ({ typed, out }, { terminal, json }): Promise<ExitCode> => {
    const key = await readWrapKeyPaper(await readInput(typed, terminal))
    if ('zh' in key) throw new CommandError(key)
    await writeNew(out, wrapKeyText(key), { secret: true })
    terminal.out(json ? JSON.stringify(wrappingKeyOf(key)) : `${both(text('公钥', 'public key'))}: ${JSON.stringify(wrappingKeyOf(key))}`)
    return 0
  },
})
