import type { Photo, PhotoStage } from '@contract'
import { ref } from 'vue'
import { call } from '../../api/client.ts'
import { explainError } from '../../api/explain.ts'
import { t } from '../../messages/i18n.ts'

const MEGABYTE = 1_048_576
const LIMIT_MEGABYTES = 20
/** No `image/*`: an iPhone then hands over JPEG instead of HEIC, which the server cannot read. */
export const PHOTO_TYPES = 'image/jpeg,image/png,image/webp'
/** From here on the person is asked whether it is the right place; never refused. */
export const FAR_METERS = 100

/** What is wrong with a file before it is sent, or null. */
export function photoFault(file: Pick<File, 'size' | 'type'>): string | null {
  if (file.type !== '' && !PHOTO_TYPES.split(',').includes(file.type)) return t('hazardDrawer.photoType')
  if (file.size > LIMIT_MEGABYTES * MEGABYTE) {
    const size = (file.size / MEGABYTE).toFixed(1)
    return t('hazardDrawer.photoTooLarge', { size, limit: LIMIT_MEGABYTES })
  }
  return null
}

/** Sends photos of one hazard, one by one, and says what went wrong with each that was not taken. */
export function usePhotoUpload() {
  const isUploading = ref(false)
  const fault = ref('')

  async function upload(hazardId: string, stage: PhotoStage, file: File): Promise<Photo | null> {
    fault.value = photoFault(file) ?? ''
    if (fault.value) return null
    isUploading.value = true
    const form = new FormData()
    // the server reads the file as it comes and must know its stage before
    form.append('stage', stage)
    form.append('file', file)
    try {
      return await call<Photo>(`/api/hazards/${hazardId}/photos`, { method: 'POST', form })
    } catch (error) {
      fault.value = explainError(error).text
      return null
    } finally {
      isUploading.value = false
    }
  }

  return { isUploading, fault, upload }
}
