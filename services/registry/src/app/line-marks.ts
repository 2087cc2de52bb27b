/** Lines between two marks. */
export const linesPerMark = 1000

const lineFeed = 0x0a

/** The byte offsets at which lines 0, 1000, 2000 … of a file begin whose every line ends in LF. */
export function lineMarks(file: Uint8Array): readonly number[] {
  const marks: number[] = []
  let line = 0
  for (let start = 0; start < file.length; start = file.indexOf(lineFeed, start) + 1) {
    if (line % linesPerMark === 0) marks.push(start)
    line += 1
  }
  return marks
}

/** The last mark at or before a line: where to read from, and how many lines to leave out there. */
export function placeOfLine(marks: readonly number[], line: number): { readonly fromByte: number; readonly skip: number } {
  const mark = Math.min(Math.floor(line / linesPerMark), marks.length - 1)
  return { fromByte: marks[mark] ?? 0, skip: line - Math.max(0, mark) * linesPerMark }
}
