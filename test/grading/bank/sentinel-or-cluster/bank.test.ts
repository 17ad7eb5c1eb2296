import { judgeBank } from '../../bank.js'

judgeBank('sentinel-or-cluster')
