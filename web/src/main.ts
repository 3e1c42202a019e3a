import 'element-plus/dist/index.css'
import './styles/tokens.css'
import './styles/element.css'
import './styles/base.css'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './messages/i18n.ts'

createApp(App).use(i18n).mount('#app')
