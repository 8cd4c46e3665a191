# Completion of nkcite for bash. The program itself says what fits, so that nothing is listed here.

_nkcite() {
	local typed=${COMP_LINE:0:COMP_POINT} words last cut candidate
	# Bash cuts words at = and :, nkcite does not: the words are taken from the line.
	read -r -a words <<<"$typed"
	[[ $typed == *[[:space:]] ]] && words+=("")
	last=${words[${#words[@]} - 1]}
	cut=${last%"${last##*[=:]}"}
	COMPREPLY=()
	while IFS=$'\t' read -r candidate _; do
		case $candidate in
		:file)
			_nkcite_paths -f "${last##*=}"
			;;
		:folder)
			_nkcite_paths -d "${last##*=}"
			;;
		*)
			COMPREPLY+=("${candidate#"$cut"}")
			if [[ $candidate == *= ]]; then
				compopt -o nospace 2>/dev/null
			fi
			;;
		esac
	done < <("${words[0]/#\~/$HOME}" __complete line -- "${words[@]:1}" 2>/dev/null)
}

_nkcite_paths() {
	local path
	compopt -o filenames 2>/dev/null
	while IFS= read -r path; do
		COMPREPLY+=("$path")
	done < <(compgen "$1" -- "$2")
}

complete -F _nkcite nkcite
