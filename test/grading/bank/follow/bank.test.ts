import { judgeBank } from '../../bank.js'

judgeBank('follow')
