import { ElMessage } from 'element-plus'

/** Says that something was done, for three seconds; problems never come this way, they stay where they arose. */
export function toast(text: string): void {
  ElMessage({ message: text, type: 'success', duration: 3_000, grouping: true })
}
