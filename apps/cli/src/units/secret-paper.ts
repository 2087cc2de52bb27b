import { noMoreThan, requiredOf } from '../arguments.ts'
import { type ExitCode, offlineCommand } from '../command.ts'
import { both, text } from '../text.ts'
import { readSecrets } from './secrets-file.ts'
import { readPaperPath, writePaper } from './write-paper.ts'

export const secretPaper = offlineCommand({
  name: 'unit secret paper',
  usage: '--secrets FILE --out FILE [--json]',
  summary: text('把未揭示的秘密值写成纸质备份', 'writes a paper backup of the secrets that are not revealed'),
  notes: [
    text(
      '每行一次抽取，秘密值四位一组，末尾两个校验组。FILE 以 .html 结尾时为可打印的网页。打印后删除文件，纸件密封保存；用 unit secret restore 录回。',
      'A row a draw, the secret in groups of four, two check groups behind. An .html file prints from a browser. Delete the file once printed, keep the\npaper sealed; unit secret restore reads it back.',
    ),
  ],
  options: {
    secrets: { value: 'FILE', text: text('本单位秘密值文件', "the unit's secrets file") },
    out: { value: 'FILE', text: text('纸质备份（.html 或纯文本）', 'where the backup goes, .html or plain text') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    const out = requiredOf(args, 'out', complain)
    readPaperPath(out === '' ? undefined : out, complain)
    return { secretsPath: requiredOf(args, 'secrets', complain), out }
  },
  run: async ({ secretsPath, out }, { terminal, json }): Promise<ExitCode> => {
    const states = [...(await readSecrets(secretsPath)).values()].filter(({ reveal }) => reveal !== 'entered')
    await writePaper(
      out,
      states.map(({ kept }) => kept),
    )
    terminal.out(json ? JSON.stringify({ rows: states.length }) : `${both(text('行数', 'rows'))} ${states.length}: ${out}`)
    return 0
  },
})
