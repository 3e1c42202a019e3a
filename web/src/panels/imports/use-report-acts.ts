import type { FoldedIssue, ImportReport, Remedy } from '@contract'
import { ref, shallowRef } from 'vue'
import { call, download, saveFile } from '../../api/client.ts'
import { explainError } from '../../api/explain.ts'
import { t } from '../../messages/i18n.ts'
import { formatCount } from '../../parts/format.ts'
import { toast } from '../../parts/toast.ts'
import { proposalText } from './issue-text.ts'
import { alikeIssues } from './report-tabs.ts'

/** What a person can do with a report before it is committed: take a proposal, take the marked workbook away. */
export function useReportActs(report: () => ImportReport, take: (next: ImportReport) => void) {
  const adopting = shallowRef<FoldedIssue | null>(null)
  const isDownloading = ref(false)
  const failure = ref('')

  /** Takes the proposal for the rows of one line, or for all rows of the file with the same fault. */
  async function adopt(issue: FoldedIssue, isForAll = false, way = issue.proposal): Promise<void> {
    if (!way || adopting.value) return
    adopting.value = issue
    failure.value = ''
    const { code, firstPosition, lastPosition } = issue
    const positions = isForAll ? {} : { firstPosition, lastPosition }
    // of several cells of a row in conflict each is decided by itself
    const field = issue.conflict && !isForAll && issue.field !== null ? { field: issue.field } : {}
    const body: Remedy = { code, action: way.action, ...field, ...positions }
    const alike = isForAll ? alikeIssues(report().issues, issue) : [issue]
    const rowCount = alike.reduce((sum, one) => sum + one.rowCount, 0)
    try {
      take(await call<ImportReport>(`/api/imports/${report().id}/remedies`, { method: 'POST', body }))
      toast(t('imports.adopted', { label: proposalText(way), n: formatCount(rowCount) }))
    } catch (error) {
      failure.value = t('imports.failed', { why: explainError(error).text })
    } finally {
      adopting.value = null
    }
  }

  async function saveFaults(): Promise<void> {
    isDownloading.value = true
    failure.value = ''
    try {
      const { blob, fileName } = await download(`/api/imports/${report().id}/faults.xlsx`)
      saveFile(blob, fileName ?? `${report().fileName}.xlsx`)
    } catch (error) {
      failure.value = t('imports.failed', { why: explainError(error).text })
    } finally {
      isDownloading.value = false
    }
  }

  return { adopting, isDownloading, failure, adopt, saveFaults }
}
