import type { HazardDetail } from '@contract'
import { computed, onMounted, onScopeDispose, ref, shallowRef } from 'vue'
import { call } from '../../api/client.ts'
import { notSavedText } from '../hazard-drawer/use-act.ts'
import { photoFault, usePhotoUpload } from '../hazard-drawer/use-photo-upload.ts'
import { emptyReport, reportFaults, toNewHazard } from './report-form.ts'

/** A report while it is being made: nothing of it goes away before the server has it. */
export function useReport() {
  const uploader = usePhotoUpload()
  const values = ref(emptyReport())
  const photo = shallowRef<File | null>(null)
  const photoAddress = ref('')
  const photoProblem = ref('')
  const fault = ref('')
  const wasTried = ref(false)
  const isSending = ref(false)
  const made = shallowRef<HazardDetail | null>(null)

  const faults = computed(() => reportFaults(values.value))
  /** The photo is still here only because the server did not take it. */
  const isPhotoUnsent = computed(() => made.value !== null && photo.value !== null)
  const wouldLose = computed(() => {
    const { description, locationText } = values.value
    const isTouched = photo.value !== null || description !== '' || locationText !== ''
    return isPhotoUnsent.value || (made.value === null && isTouched)
  })

  /** Answers whether the photo can be sent; why not stands in `photoProblem`. */
  function takePhoto(file: File): boolean {
    photoProblem.value = photoFault(file) ?? ''
    if (photoProblem.value) return false
    URL.revokeObjectURL(photoAddress.value)
    photo.value = file
    photoAddress.value = URL.createObjectURL(file)
    return true
  }

  function dropPhoto(): void {
    URL.revokeObjectURL(photoAddress.value)
    photo.value = null
    photoAddress.value = ''
    photoProblem.value = ''
  }

  async function sendPhoto(): Promise<void> {
    if (!made.value || !photo.value) return
    isSending.value = true
    if (await uploader.upload(made.value.id, 'before', photo.value)) dropPhoto()
    else photoProblem.value = uploader.fault.value
    isSending.value = false
  }

  async function submit(): Promise<void> {
    wasTried.value = true
    const body = toNewHazard(values.value, new Date())
    if (!body || isSending.value) return
    isSending.value = true
    fault.value = ''
    try {
      const hazard = await call<HazardDetail>('/api/hazards', { method: 'POST', body })
      made.value = hazard
      await sendPhoto()
    } catch (error) {
      fault.value = notSavedText(error)
    } finally {
      isSending.value = false
    }
  }

  function startAnew(): void {
    dropPhoto()
    values.value = emptyReport()
    wasTried.value = false
    made.value = null
  }

  function warnBeforeUnload(event: BeforeUnloadEvent): void {
    if (wouldLose.value) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', warnBeforeUnload))
  onScopeDispose(() => {
    removeEventListener('beforeunload', warnBeforeUnload)
    URL.revokeObjectURL(photoAddress.value)
  })

  return {
    values,
    photoAddress,
    photoProblem,
    fault,
    faults,
    wasTried,
    isSending,
    made,
    isPhotoUnsent,
    wouldLose,
    takePhoto,
    sendPhoto,
    submit,
    startAnew,
  }
}
