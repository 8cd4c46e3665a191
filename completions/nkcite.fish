# Completion of nkcite for fish. The program itself says what fits, so that nothing is listed here.

function __nkcite_complete
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    set -l head (string match -r -- '^-[^=]*=' $last)
    set -l path (string replace -r -- '^-[^=]*=' '' $last)
    $words[1] __complete line -- $words[2..-1] $last 2>/dev/null | while read -l candidate
        switch $candidate
            case ':file'
                for found in (__fish_complete_path $path)
                    echo "$head$found"
                end
            case ':folder'
                for found in (__fish_complete_directories $path)
                    echo "$head$found"
                end
            case '*'
                echo $candidate
        end
    end
end

complete -c nkcite -f -a '(__nkcite_complete)'
